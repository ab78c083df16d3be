"""The plan van aanpak of a local project team: its form in Markdown, and what people fill in. All is pure."""
