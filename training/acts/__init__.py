"""How the network was made that says which act joins an actor and an issue."""
