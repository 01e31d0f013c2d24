"""How fast, how large and how hungry: Fyrlots beside other stacks, on the same texts, questions and machine."""
