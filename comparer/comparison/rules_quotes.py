"""What the findings about quotations mean and how they err."""

from __future__ import annotations

from comparer.comparison.rule import Rule

QUOTE_RULES: tuple[Rule, ...] = (
    Rule(
        code="Q101",
        title="A quotation is printed with different words",
        meaning=(
            "Two outlets print one utterance inside quotation marks with other words in the same place, or one masks a "
            "word that the other prints out. Spelling variants, figures for words, capitals, marks, contractions and "
            "transliterations do not count. Neither form is held for "
            "what was said; where the speaker's language is another than English, both may be translations."
        ),
        errs=(
            "Joins two utterances in which one speaker said nearly the same twice. Misses an utterance whose forms "
            "share few words in a row, as two free translations do."
        ),
        flags=(
            (
                "“A second ferry will be considered if the harbour agrees,” Larkin said.",
                "“A second ferry will be evaluated if the harbour agrees,” Larkin said.",
            ),
        ),
        spares=(
            (
                "“The defence programme won't be organised by us,” Larkin said.",
                '"The defense program won\'t be organized by us", said Larkin.',
            ),
        ),
    ),
    Rule(
        code="Q102",
        title="A quotation is printed longer in one text",
        meaning=(
            "Words that one outlet prints inside a quotation, or before or after what the other prints as a whole "
            "sentence, are not in the other's; each side says whether a mark stands in their place. Whole sentences at "
            "either end, and fragments set into the outlet's own sentence, are a choice of what to quote and no "
            "finding."
        ),
        errs="Reports a sentence whose rest the outlet retells outside quotation marks in other words.",
        flags=(
            (
                "“The bridge is safe, and it has always been safe,” Orla Venn said on Monday.",
                "“The bridge is safe,” Orla Venn said on Monday.",
            ),
        ),
        spares=(
            (
                "“This is a costly decision by a distant board,” Orla Venn said.",
                "Orla Venn called it “a costly decision by a distant board”.",
            ),
        ),
    ),
    Rule(
        code="Q103",
        title="A quotation is printed with an ellipsis",
        meaning=(
            "One outlet prints an ellipsis inside a quotation where another prints words, or prints nothing more. An "
            "ellipsis is an honest mark; the finding shows what stands in its place elsewhere."
        ),
        errs="Takes dots that show a speaker's pause for a mark of words left out.",
        flags=(
            (
                "“We kept the lights on through the worst winter in thirty years and we will do so again,” Pike said.",
                "“We kept the lights on ... and we will do so again,” Pike said.",
            ),
        ),
        spares=(
            (
                "“We kept the lights on ... and we will do so again,” Pike said.",
                "“We kept the lights on … and we will do so again”, said Pike.",
            ),
        ),
    ),
    Rule(
        code="Q104",
        title="Parts of a quotation stand in another order",
        meaning="Two outlets print the same words of one utterance with their parts in different places.",
        errs="Takes a phrase a speaker repeats for one that was moved.",
        flags=(
            (
                "“We will open the lower gates if the river rises before the weekend,” Pike said.",
                "“If the river rises before the weekend we will open the lower gates,” Pike said.",
            ),
        ),
        spares=(
            (
                "“We will open the lower gates if the river rises before the weekend,” Pike said.",
                "“We will open the lower gates,” said Pike, “if the river rises before the weekend.”",
            ),
        ),
    ),
    Rule(
        code="Q105",
        title="A modal word stands in one printed form only",
        meaning=(
            "A word of possibility, duty or intent (may, could, would, must, will) stands in a quotation in one "
            "text and not, or another one, in the other. It changes how sure the speaker sounds."
        ),
        errs="Reports two moods that mean the same in a dialect or in indirect questions.",
        flags=(
            (
                "“We may have to close the northern line entirely,” Pike said.",
                "“We have to close the northern line entirely,” Pike said.",
            ),
        ),
        spares=(("“We'll close the northern line,” Pike said.", "“We will close the northern line,” Pike said."),),
    ),
    Rule(
        code="Q106",
        title="A negation stands in one printed form only",
        meaning="A “not” or “no” stands in a quotation in one text and not in the other.",
        errs="Reports speakers who corrected themselves, where one outlet printed the slip and another the correction.",
        flags=(
            (
                "“I used money that shouldn't have been used for my boat,” Pike said.",
                "“I used money that should have been used for my boat,” Pike said.",
            ),
        ),
        spares=(("“We cannot pay for the boat,” Pike said.", "“We can't pay for the boat,” Pike said."),),
    ),
    Rule(
        code="Q107",
        title="Quoted in one text, retold in another",
        meaning=(
            "One outlet prints a statement inside quotation marks and another passes it on in its own words. Both "
            "are common practice; the retelling can be read against the quotation."
        ),
        errs="Reports a retelling of another remark of the same speaker on the same matter.",
        flags=(
            (
                "“We may have to close the northern line entirely if it snows,” Rupert Pike said.",
                "Rupert Pike said the northern line might have to close entirely if it snows.",
            ),
        ),
        spares=(
            (
                "“We may have to close the northern line entirely if it snows,” Rupert Pike said.",
                "“We may have to close the northern line entirely if it snows,” said Rupert Pike.",
            ),
        ),
    ),
    Rule(
        code="Q108",
        title="The headline quotes its own text in other words",
        meaning="A headline prints words inside quotation marks that the body of the same text prints differently.",
        errs="Takes a quoted headline word for a speaker's where it is a title or a term.",
        flags=(("“We will close the northern line”, says Pike\n\n“We may close the northern line,” Pike said.",),),
        spares=(("“We may close the line”, says Pike\n\n“We may close the line next week,” Pike said.",),),
    ),
)
