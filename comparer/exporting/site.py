"""Write what repeats among an outlet's pages as JSON, a line per line, to lie beside the pages."""

from __future__ import annotations

import dataclasses
import json

from comparer.model import SiteProfile

FORMAT = "comparer site profile"
FORMAT_VERSION = 1


def site_json(site: SiteProfile) -> str:
    """Return the profile as JSON; equal profiles give equal bytes.

    >>> site_json(SiteProfile("Skerrow Post", 4, 4, ())).count("Skerrow Post")
    1
    """
    lines = [json.dumps(dataclasses.asdict(line), ensure_ascii=False) for line in site.lines]
    head = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "outlet": site.outlet,
        "pages": site.pages,
        "stories": site.stories,
    }
    opened = json.dumps(head, ensure_ascii=False, indent=1)[:-2]
    inner = ",\n  ".join(lines)
    return f'{opened},\n "lines": [{f"{chr(10)}  {inner}{chr(10)} " if lines else ""}]\n}}\n'
