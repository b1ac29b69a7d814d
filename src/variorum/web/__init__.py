"""The reading room: an archive in the browser.

In: an archive and a story somebody asks for. Out: pages, and the same data at ``.json``. No page computes a finding:
what is not in the archive yet is asked of :mod:`variorum.web.desk`, whose own processes write it there. Pages are
filled from the templates of ``render``, so that an edition looks here as it does when it is mailed.
"""
