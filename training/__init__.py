"""How what Retold ships was learned. Nothing under `src/` imports it."""
