import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["static/vendor/", "static/built/", "static/built.new/", ".venv*/", "var/"] },
  js.configs.recommended,
  {
    rules: {
      "array-callback-return": "error",
      eqeqeq: "error",
      // Of a function itself: those inside, which share what it holds, count their own.
      "max-statements": ["error", 30],
      "no-implied-eval": "error",
      "no-self-compare": "error",
      "no-shadow": "error",
      "no-template-curly-in-string": "error",
      "no-unreachable-loop": "error",
      "require-atomic-updates": "error",
    },
  },
  { files: ["static/js/*.js", "trainer/kinds/*/*.js", "tests/js/*.js", "tests/support/*/*/*.js"], languageOptions: { globals: globals.browser } },
  { files: ["tools/*.mjs", "bench/*.mjs", "tests/js/*.js"], languageOptions: { globals: globals.node } },
];
