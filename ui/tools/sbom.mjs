// Prints what the window carries inside, as CycloneDX: what package-lock.json names, without what only builds and tests.
// Npm's own `--omit dev` also leaves out what both use, such as Svelte; the marks it gives each part are right.
import { execFileSync } from 'node:child_process';

const asked = ['sbom', '--silent', '--package-lock-only', '--sbom-format=cyclonedx', '--sbom-type=application'];
const sbom = JSON.parse(execFileSync('npm', asked, { encoding: 'utf8', maxBuffer: 1 << 26 }));
const only = ({ properties = [] }) => properties.some(({ name }) => name === 'cdx:npm:package:development');
sbom.components = sbom.components.filter((part) => !only(part));
const kept = new Set([sbom.metadata.component, ...sbom.components].map((part) => part['bom-ref']));
sbom.dependencies = sbom.dependencies
  .filter(({ ref }) => kept.has(ref))
  .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => kept.has(other)) }));
sbom.metadata.component.name = 'xinmei-ui';
console.log(JSON.stringify(sbom, null, 2));
