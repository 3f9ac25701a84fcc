/** @type {import('@sveltejs/vite-plugin-svelte').SvelteConfig} */
export default {
  // Bits UI and Lucide ship their own compiler options; ours are runes only.
  compilerOptions: { runes: ({ filename }) => (filename.includes('node_modules') ? undefined : true) },
};
