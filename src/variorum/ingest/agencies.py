"""News agencies: the short name each is known by, and the ways it signs."""

import re

# Short name, then every other way it is written. Abbreviations that are also common words or other
# bodies (AA, PA, TT) do no harm, because agencies are only looked for where a credit can stand.
_SIGNATURES = {
    "AP": ("The Associated Press", "Associated Press"),
    "Reuters": ("Thomson Reuters", "REUTERS"),
    "AFP": ("Agence France-Presse", "Agence France Presse"),
    "dpa": ("DPA", "Deutsche Presse-Agentur"),
    "EFE": ("Agencia EFE", "Efe"),
    "ANSA": ("Ansa",),
    "Xinhua": ("Xinhua News Agency", "XINHUA"),
    "TASS": ("Itar-Tass", "ITAR-TASS", "Tass"),
    "PA": ("PA Media", "Press Association", "The Press Association"),
    "NAN": ("News Agency of Nigeria",),
    "IANS": ("Indo-Asian News Service",),
    "UPI": ("United Press International",),
    "Bloomberg": ("Bloomberg News",),
    "CNN Wire": ("The-CNN-Wire", "CNN Newsource", "CNN Wire Service"),
    "CNN": (),
    "PTI": ("Press Trust of India",),
    "ANI": ("Asian News International",),
    "Kyodo": ("Kyodo News", "KYODO"),
    "Jiji": ("Jiji Press",),
    "Yonhap": ("Yonhap News Agency",),
    "KCNA": (),
    "Anadolu": ("Anadolu Agency", "AA"),
    "APA": ("Austria Presse Agentur",),
    "Keystone-SDA": ("Keystone-ATS",),
    "ANP": (),
    "Belga": (),
    "Ritzau": (),
    "NTB": (),
    "TT": ("TT News Agency",),
    "STT": (),
    "PAP": ("Polish Press Agency",),
    "CTK": ("ČTK", "Czech News Agency"),
    "MTI": (),
    "Lusa": (),
    "Europa Press": (),
    "Interfax": (),
    "RIA Novosti": ("RIA",),
    "Ukrinform": (),
    "CP": ("The Canadian Press", "Canadian Press"),
    "AAP": ("Australian Associated Press",),
    "Bernama": ("BERNAMA",),
    "Antara": ("ANTARA",),
    "PNA": ("Philippine News Agency",),
    "VNA": ("Vietnam News Agency",),
    "APP": ("Associated Press of Pakistan",),
    "BSS": (),
    "UNB": (),
    "KUNA": (),
    "WAM": (),
    "SPA": ("Saudi Press Agency",),
    "MENA": (),
    "MAP": (),
    "IRNA": (),
    "SANA": (),
    "SAPA": (),
    "GNA": ("Ghana News Agency",),
    "Agencia Brasil": ("Agência Brasil",),
    "Notimex": (),
    "Prensa Latina": (),
    "Telam": ("Télam",),
    "TNS": ("Tribune News Service",),
    "Sputnik": (),
}
_SHORT = {written: short for short, others in _SIGNATURES.items() for written in (short, *others)}
_ALTERNATIVES = "|".join(re.escape(written) for written in sorted(_SHORT, key=lambda name: (-len(name), name)))

# One agency; "the" belongs to the name only where the agency's own name has it.
NAME = rf"(?<![\w@#.-])(?:{_ALTERNATIVES})(?![\w@]|\.\w|-\w)"
# One to ten, as credits join them; with no end to them a line of nothing but names costs hours.
NAMES = rf"(?:the )?{NAME}(?:\s*(?:/|,|;|&|\+|-|–|\||\band\b|\bwith\b)\s*(?:the )?{NAME}){{0,9}}"
# What only an agency, a wire or a news service can be called.
UNKNOWN_NAME = r"(?:[A-Z][\w'’.-]+ ){1,3}(?:News Agency|News Service|Newswire|Wire Service|Press Agency)"
_NAME = re.compile(NAME)
_UNKNOWN_NAME = re.compile(UNKNOWN_NAME)


def signed(text: str, start: int, end: int) -> tuple[tuple[str, int, int], ...]:
    """The known agencies named in ``text[start:end]``: short name and offsets, in order."""
    return tuple((_SHORT[match.group()], match.start(), match.end()) for match in _NAME.finditer(text, start, end))


def is_known(written: str) -> bool:
    """Whether ``written`` is how a known agency signs."""
    return written in _SHORT
