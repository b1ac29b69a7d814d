"""Addresses to answers: a client that asks what it may, as seldom as it can, and trusts nothing that comes back.

In come web addresses, out come :class:`~variorum.records.Fetched` answers or a refusal in one sentence. Only the
public internet is asked, at the IP address that was checked; robots.txt, pauses and ``Retry-After`` are kept;
every answer is bounded in time and size.
"""

from variorum.ingest.fetch.fetcher import Fetcher, Forgetful, Memory, user_agent

__all__ = ["Fetcher", "Forgetful", "Memory", "user_agent"]
