from trainer.process import keep_to_itself

if __name__ == "__main__":
    keep_to_itself()
    from trainer.cli import main

    raise SystemExit(main())
