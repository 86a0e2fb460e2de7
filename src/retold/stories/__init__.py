"""Stories: many articles, and which of them are copies of one another."""
