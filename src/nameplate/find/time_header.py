"""The publication date that a report's own header gives."""

from __future__ import annotations

import re
from datetime import date

from nameplate.find.fold import fold, lower

_HEAD = 600
_DATE = r"((?:19|20)\d\d)\s*(?:[-/.]|年)\s*(\d{1,2})\s*(?:[-/.]|月)\s*(\d{1,2})(?!\d)"
_LABEL = r"(?:发布时间|发布日期|发稿时间|发表时间|更新时间|时间|日期|发布于|published(?: on| at)?|posted(?: on)?|updated|date|release date|publish time|publish date|time)"
_MARKED = re.compile(rf"(?<![a-z]){_LABEL}\s*[:：|]?\s*{_DATE}")
_LINE = re.compile(
    rf"^[ \t|\[(【]*{_DATE}日?(?:[ t]*\d\d?:\d\d(?::\d\d)?|[^\d\n]{{0,3}}(?:来源|source|作者|$)|[ \t|\])】]*$)",
    re.M,
)


def publication_date(text: str) -> str | None:
    """EDTF day of a dated header line or a labelled date; ``None`` where the text gives none."""
    small = lower(fold(text))
    for pattern, area in ((_MARKED, small[:4000]), (_LINE, small[:_HEAD])):
        for match in pattern.finditer(area):
            try:
                return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
            except ValueError:
                continue
    return None
