"""The pages of a course's plan van aanpak, for trainers, organisers and whoever has its link. They write only
through `store/plans.py`, where texts of several people go together."""
