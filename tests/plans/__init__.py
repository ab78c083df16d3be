"""The plan van aanpak without a server: what is pure."""
