"""Tables, migrations, keys and the one writer. Everything stored or deleted goes through here; nothing here
knows what an exercise is."""
