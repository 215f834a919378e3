import { defineConfig } from 'vite';

// React's JSX is esbuild's: no plug-in is needed. The API runs beside it under `npx vite`.
export default defineConfig({
  esbuild: { jsx: 'automatic' },
  build: {
    outDir: process.env.DESTOCK_WEB_OUT ?? '../build/web',
    emptyOutDir: true,
    chunkSizeWarningLimit: 1500,
    rollupOptions: { onwarn: (warning, tell) => warning.code !== 'MODULE_LEVEL_DIRECTIVE' && tell(warning) },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8377' } },
});
