"""Tests and proofs of Kwartier."""
