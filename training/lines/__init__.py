"""How `retold.reading` learned what a line is: labelled texts and pages in, `line_weights.tsv` out."""
