// What tsc, strict as it is, does not say. Width is prettier's: a line that is longer is a sentence.
import hooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import lint from 'typescript-eslint';

export default defineConfig(
  { ignores: ['node_modules', 'eslint.config.js', 'bench'] },
  lint.configs.recommendedTypeChecked,
  { languageOptions: { parserOptions: { projectService: true } } },
  {
    plugins: { 'react-hooks': hooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      'max-len': ['error', { code: 140, ignoreStrings: true, ignoreTemplateLiterals: true }],
      'max-lines': ['error', 500],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    // Answers of the API are compared as they come.
    files: ['e2e/**'],
    rules: Object.fromEntries(
      ['argument', 'assignment', 'call', 'member-access', 'return'].map((of) => [`@typescript-eslint/no-unsafe-${of}`, 'off']),
    ),
  },
);
