"""What the page shows, between the dossier's rows and the template: small frozen views, built by pure functions."""
