"""How the cross-encoder was made that says whether words bear a sentence out."""
