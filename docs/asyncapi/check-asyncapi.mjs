// Checks the contract of the bus: node check-asyncapi.mjs [FILE]. Ends with 1 when it is no valid AsyncAPI document.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Parser } from '@asyncapi/parser';

const file = process.argv[2] ?? fileURLToPath(new URL('../asyncapi.yaml', import.meta.url));
const { document, diagnostics } = await new Parser().parse(await readFile(file, 'utf8'), { source: file });
const severities = ['error', 'warning', 'information', 'hint'];
for (const d of diagnostics) {
  // That there is a newer AsyncAPI is no fault of the document.
  if (d.code !== 'asyncapi-latest-version') {
    console.log(`${severities[d.severity]}: line ${d.range.start.line + 1}: ${d.message} (${d.path.join('.')})`);
  }
}
const bad = diagnostics.filter((d) => d.severity === 0 || (d.severity === 1 && d.code !== 'asyncapi-latest-version'));
if (!document || bad.length > 0) {
  console.error(`${file} is not a valid AsyncAPI document`);
  process.exit(1);
}
const messages = document.channels().all().flatMap((c) => c.messages().all());
console.log(`valid: ${document.channels().all().length} channels, ${messages.length} messages`);
