"""Selection: what one text tells and another does not."""
