"""The care of a library: checking it, forgetting, finding anew, making indexes anew."""
