"""The rules of the corpus, one module each. Every `check` yields what breaks its rule."""
