"""What wraps reporting on a page and gets copied with it, known by its words.

Every pattern is held against a whole line, never against a part of a paragraph, and the line must
be short, so that no sentence of reporting is lost for containing such a word. A line that reports
speech ("said", "according to") is never residue by these patterns.
"""

import re

from variorum.records import PartKind

_I = re.IGNORECASE


def _lines(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), _I)


# An entry of a menu. A blank is never optional inside it, or a long menu takes for ever to be refused.
_ENTRY = r"[\w&'’.-]{1,30}(?: [\w&'’.-]{1,30}){0,5}"

# Whole lines. The marks some sites put around them (***, --, [ ]) are stripped before.
_ADVERT = _lines(
    r"ad(?:vert(?:isement|isment|orial)?s?|vertising)?(?:[-_ ](?:image|slot|unit|banner|\d+))?",
    r"(?:story|article|content|report)?\s*continues? (?:below|after)(?: (?:this|the))?(?: ad\w*)?",
    r"adverti[sz]ement\s*[-–—:|.]?\s*(?:scroll to continue(?: reading)?|story continues below|continue reading below"
    r"|article continues below(?: this ad)?|remove ads?|skip(?: ad)?|\W*)",
    r"scroll (?:down )?(?:to continue|for more)(?: with content)?.*",
    r"sponsored(?: (?:content|post|links?|by .{1,40}))?",
    r"promoted(?: (?:content|stories|links?))?",
    r"paid (?:content|post|partnership|for by .{1,40})",
    r"report (?:this )?ad", r"hide ad", r"skip (?:ad|advertisement)",
)  # fmt: skip
_NAVIGATION = _lines(
    r"share(?:(?: on| via| to)? (?:this|facebook|twitter|x|whatsapp|e-?mail|linkedin|reddit|telegram|article|story|"
    r"full article|options|save)(?: (?:article|story|page|post|link))?)*",
    r"(?:tweet|e-?mail|print|pin(?:terest)?|copy link|save|bookmark|reddit|facebook|twitter|whatsapp|linkedin|"
    r"telegram|instagram|youtube|flipboard|messenger|link copied!?|comments?(?: \(?\d+\)?)?|\d+ comments?|"
    r"\d+ shares?|"
    r"like|listen|close|menu|search|home|log ?in|sign in|register|my account|next|previous|prev|reply|"
    r"text size|view (?:all|more|gallery|image|photos?)|see (?:all|more)|show (?:all|more|less)|load more|"
    r"expand|play|play video|watch live|live|read aloud|back|loading\W*)",
    r"(?:skip|jump|go|back) to (?:the )?(?:main )?(?:content|top|navigation|footer|homepage|home|search).*",
    r"(?:original )?source link\W*", r"source\W*\(?link\)?\W*", r"link to (?:the )?(?:original|source).*",
    r"(?:tags?|topics?|filed under|categories|category|in this article|keywords|related topics)\s*:.*",
    rf"(?:{_ENTRY} ?[|›»>·•] ?){{2,}}(?:{_ENTRY})?", rf"(?:home|front page|news)(?: ?[/|›»>·•] ?{_ENTRY})+",
    r"(?:leave|post|add|write) a (?:comment|reply)", r"join the (?:conversation|discussion|debate)",
    r"(?:view|read|see) (?:all )?(?:the )?comments.*", r"comments? (?:are )?(?:closed|disabled).*",
    r"all rights reserved\W*", r"(?:terms|privacy)(?: (?:of (?:use|service)|policy))?",
    r"(?:#|\*|-|=|_|~|•|\.|\s|—|–){2,}", r"\W*(?:ends|-?\s*30\s*-?|#\s?#\s?#|more to (?:come|follow))\W*",
    r"this (?:article|story) is more than \d+ (?:years?|months?) old",
    r"this (?:page|article) (?:was )?(?:printed|generated) .*", r"we use cookies.*",
    r"(?:accept|manage) (?:all )?cookies.*",
    r"(?:please )?enable javascript.*", r"your browser .*", r"javascript is (?:disabled|required).*",
    r"(?:this|the) video (?:is|can).{0,80}", r"video player .*", r"now playing.*",
)  # fmt: skip
_PAYWALL = _lines(
    r"(?:this|the) (?:article|story|content|report|page) is (?:only )?(?:(?:available )?(?:exclusively |"
    r"only )?(?:for|to)|"
    r"reserved for|restricted to|exclusive to) (?:our )?(?:paying |registered |premium )?"
    r"(?:subscribers?|members?|readers).*",
    r"(?:subscribe|sign (?:in|up)|log ?in|register|join|pay)(?: now| today| here)?(?: or (?:log|sign) ?in)? "
    r"(?:to|and) (?:continue|keep|read (?:more|on|the (?:full|rest|whole))|access|unlock|view|see the|finish).*",
    r"(?:to|please) (?:continue|keep) reading.*", r"continue reading (?:with|for|by|your).*",
    r"to (?:read|access|see|view) (?:the )?(?:full|rest|remainder|entire|this|more).{0,60}"
    r"(?:subscri|log ?in|sign|register|account).*",
    r"(?:you(?:['’]ve| have)? (?:reached|read|used|hit)|you are on) .{0,40}(?:limit|free articles?|"
    r"free stor(?:y|ies)).*",
    r"you(?:['’]ve| have) (?:\w+ )?free articles? (?:left|remaining).*",
    r"already (?:a |an? )?(?:subscriber|subscribed|member|have an account).*",
    r"(?:for )?(?:premium|subscriber|members?|subscribers)[ -]?(?:only|exclusive)(?: (?:content|article|story))?",
    r"this is (?:a )?(?:premium|subscriber|member)s?[ -]?(?:only|exclusive).*", r"subscribers? only\W*",
    r"want to (?:read|see) (?:more|the rest|on)\?.*",
    r"unlock (?:this|the full|unlimited|full) (?:article|story|access).*",
    r"(?:the )?(?:rest|remainder) of this (?:article|story).{0,60}subscri.*",
    r"get (?:full|unlimited)(?: digital)? access.*",
    r"(?:start|begin) your (?:free )?(?:trial|subscription).*",
)  # fmt: skip
_TEASER = _lines(
    r"(?:read|see|watch|listen|read on|more|related|also|next|don['’]t miss|must[- ](?:read|watch|see)|"
    r"(?:must )?watch|explainer|explained|in pictures|in pics|opinion|analysis|fact check)"
    r"(?: (?:more|also|next|now|too|this|story|stories|article|articles|reading|coverage|on this))?\s*[:>»|]\s*\S.*",
    r"(?:read|see) (?:also|next|more)(?: (?:here|on this|about|from|at)\b.{0,80})?\W*",
    r"also (?:read|in|on|see)(?: [\w'’ .&-]{1,40})?\s*[:>»|].*", r"more (?:on|from|about) [^.:]{2,60}: .*",
    r"click here (?:for|to) .*", r"(?:full|top|live) (?:story|coverage|updates)\s*[:>»|].*",
)  # fmt: skip
_PROMO = _lines(
    r"(?:unlock|get|sign up (?:to|for)|subscribe to|join|try) (?:the |our |your )?.{0,80}\bnewsletters?\b.{0,60}",
    r"sign ?up\b.{0,160}", r"subscribe\b.{0,120}",
    r"(?:follow|like|find|join|watch|connect with) (?:us|\S+(?: \S+){0,4}) (?:on|at) (?:our )?(?:facebook|"
    r"twitter|x\b|"
    r"instagram|whatsapp|telegram|youtube|linkedin|google|threads|tiktok|bluesky|social).*",
    r"your (?:\w+ )?(?:guide|briefing|digest|round-?up) (?:to|on|of|for) .*",
    r"(?:download|get|install) (?:the |our )?(?:[\w'’ .&-]{1,40})?\bapp\b.*",
    r"(?:donate|support (?:our|us|independent|quality)|make a (?:donation|contribution)|contribute (?:to us|now|"
    r"today)|"
    r"become a (?:\w+ )?(?:member|supporter|subscriber|friend|patron))\b.{0,160}",
    r"(?:do you )?have (?:a|any) (?:story|news tip|tip|tips|question)s?\b.{0,160}",
    r"(?:got|know) a (?:story|tip)\b.{0,120}",
    r"(?:e-?mail|contact|write to) (?:us|the newsroom|the reporter)\b.{0,120}",
    r"(?:by (?:signing up|subscribing|clicking|entering)|you can unsubscribe|we(?:['’]ll|"
    r" will) (?:never )?(?:send|share)|"
    r"this site is protected by|enter your e-?mail|invalid e-?mail|thank(?:s| you) for (?:signing|subscribing|"
    r"reading|"
    r"registering)|check your inbox)\b.{0,240}",
    r"(?:listen|tune in) (?:to (?:our|the|this)|now|live|on)\b.{0,80}(?:podcast|radio|episode|show|spotify|"
    r"apple).{0,80}",
    r"(?:never|don['’]t) miss (?:a|an|out|another|our)\b.{0,120}",
    r"stay (?:up to date|informed|tuned|connected|ahead)\b.{0,120}",
    r"for (?:more|the latest)[^.]{0,80}(?:visit|follow|sign up|subscribe|click|download|go to|see our).*",
)  # fmt: skip

# An invitation in words no list foresees: it speaks to the reader, bids, and names what is on offer.
_BIDS = re.compile(
    r"(?:^|[.!?:;,–—-]\s+|\bplease )(?:get|sign|subscribe|join|download|follow|support|donate|click|tap|start|"
    r"become|register|try|enjoy|receive|"
    r"discover|listen|call in|unlock|never miss|don['’]t miss|want|love|like|if you)\b",
    _I,
)
_OFFERED = re.compile(
    r"\b(?:newsletters?|inbox|briefing|(?:register|sign up|subscribe|click|tap) here|podcasts?|"
    r"the \S+(?: \S+){0,3} app|our app|mobile app|subscribe|subscription|"
    r"subscribers?|"
    r"membership|become a (?:\w+ )?(?:friend|member|supporter|patron)|e-?mail (?:alerts?|updates?|briefing)|"
    r"push (?:alerts?|notifications?)|whatsapp channel|telegram channel|youtube channel|facebook page)\b",
    _I,
)
_READER = re.compile(
    r"\b(?:never miss|don['’]t miss|your|you|our|us|free|now|today|every (?:\w+day|morning|evening|week))\b", _I
)

_REPORTS = re.compile(
    r"\b(?:said|says|told|according to|added|announced|wrote|tweeted|posted|argued|claimed|asked)\b", _I
)
_MARGIN = " \t*_-–—=|[](){}<>«»•·→►▶›#\u200b\ufeff"

# Characters from which a line is not held against the patterns at all; time is bounded by it.
_LONGEST = 400

_TAIL = _lines(
    r"(?:most|more) (?:read|popular|viewed|shared|watched|stories|news|headlines|articles|videos|in|"
    r"like this)\b.{0,40}",
    r"more (?:from|on|about|stories|coverage)\b.{0,60}",
    r"related(?: (?:articles?|stories|story|news|content|posts?|topics?|coverage|links?|items|videos?|reading|"
    r"to this))*",
    r"recommended(?: (?:for you|stories|reading|articles?|by .{1,30}))*",
    r"you (?:may|might) (?:also )?(?:like|be interested|enjoy).{0,30}",
    r"trending(?: (?:now|stories|topics|news|on .{1,30}))*",
    r"(?:today['’]s )?top (?:stories|news|headlines|picks|videos)\b.{0,30}",
    r"(?:the )?latest(?: (?:news|stories|headlines|articles|videos|posts|updates|from .{1,40}))*",
    r"editor['’]?s['’]? (?:picks?|choice)", r"(?:read|see|watch|up|what to read) (?:also|next)",
    r"also (?:on|in|from) .{1,40}",
    r"(?:from )?(?:around|across|elsewhere on) the (?:web|network|site)",
    r"popular(?: (?:now|stories|articles|posts|this week))*",
    r"(?:other|further|suggested|similar|previous|featured) (?:stories|news|articles|reading|posts|coverage)",
    r"in other news",
    r"don['’]t miss", r"what (?:others|people|readers) are (?:reading|saying)", r"view all", r"see all",
    r"explore more",
    r"keep reading", r"promoted stories", r"sponsored (?:stories|content)", r"partner content", r"taboola.*",
    r"latest stories",
)  # fmt: skip
_SECTIONS = frozenset(
    "opinion opinions comment analysis sport sports world politics business culture lifestyle entertainment technology "
    "health science video videos podcasts features life travel local national international editorial".split()
)


def residue_kind(text: str, words: int, *, longest: int) -> PartKind | None:
    """The kind of residue a line is by its words alone; ``None`` when it may be reporting.

    text: the line, trimmed. words: how many it has. longest: words from which nothing is residue.
    """
    if words > longest or len(text) > _LONGEST:
        return None
    bare = text.strip(_MARGIN)
    if not bare:
        return "navigation"
    # Headlines say "said" too, so only a whole sentence is held to be reporting for it.
    is_sentence = bare.rstrip("\"'”’»)").endswith((".", "!", "?"))
    for kind, pattern in _ORDER:
        if pattern.fullmatch(bare) and not (is_sentence and _REPORTS.search(bare)):
            return kind
    if _BIDS.search(bare) and _OFFERED.search(bare) and _READER.search(bare) and not _REPORTS.search(bare):
        return "promo"
    return None


_ORDER: tuple[tuple[PartKind, re.Pattern[str]], ...] = (
    ("advert", _ADVERT),
    ("paywall", _PAYWALL),
    ("navigation", _NAVIGATION),
    ("promo", _PROMO),
    ("teaser", _TEASER),
)


def opens_tail(text: str) -> bool:
    """Whether a line is the head of a list of other stories ("Most read", "More from the Echo")."""
    bare = text.strip(_MARGIN + ":")
    return bool(_TAIL.fullmatch(bare)) and not bare.endswith(".")


def is_section(text: str) -> bool:
    """Whether a line is a section's name and nothing else."""
    return text.strip(_MARGIN + ":").casefold() in _SECTIONS
