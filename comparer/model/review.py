"""What a reviewer decided about single blocks of a page, against or in support of the cleaner."""

from __future__ import annotations

from dataclasses import dataclass

from comparer.model.article import KEPT_KINDS, BlockKind

KEEP, DROP = "keep", "drop"
CUT = "…"  # stands at the end of words that are only the beginning of a block


@dataclass(frozen=True, slots=True)
class Decision:
    """Hold one decision: on the page `page`, the block that begins on `line` with the words `text` is `verdict`.

    `line` counts from 1 in the page's text. `text` is the whole block, white space apart, or its beginning followed by
    an ellipsis; `digest` is the beginning of the SHA-256 of the whole block, or empty. `verdict` is "keep", "drop" or
    the name of a kind. All of them must still hold, or the decision was made about another text.
    """

    page: str
    line: int
    text: str
    verdict: str
    digest: str = ""
    note: str = ""

    def kind_for(self, found: BlockKind) -> BlockKind:
        """Return the kind a block gets that the cleaner called `found`.

        >>> Decision("ferry.txt", 3, "Nobody was hurt.", "keep").kind_for(BlockKind.RELATED).value
        'content'
        """
        if self.verdict == KEEP:
            return found if found in KEPT_KINDS else BlockKind.CONTENT
        if self.verdict == DROP:
            return BlockKind.OTHER if found in KEPT_KINDS else found
        return BlockKind(self.verdict)
