// Asks the Digital Credentials Consortium's verifier about a credential on standard input. It resolves did:web and
// the status list itself, over HTTPS. Prints {"signature", "standing", "error"}; standing is null when not checked.
import {readFileSync} from 'node:fs';

// The verifier would also fetch a JSON schema from elsewhere: nothing but this machine is asked.
const there = globalThis.fetch;
globalThis.fetch = (address, ...rest) => {
  const url = new URL(address instanceof Request ? address.url : address);
  return url.hostname === 'localhost' ? there(address, ...rest) : Promise.reject(new Error(`not asked: ${url}`));
};
console.log = console.error = () => {};
const {verifyCredential} = await import('@digitalcredentials/verifier-core');

const credential = JSON.parse(readFileSync(0, 'utf8'));
const {log = [], errors = []} = await verifyCredential({credential, knownDIDRegistries: []});
const step = (id) => log.find((entry) => entry.id === id);
const status = step('revocation_status');
process.stdout.write(JSON.stringify({
  signature: errors.length === 0 && step('valid_signature')?.valid === true,
  standing: status?.valid ?? null,
  error: errors[0]?.name ?? status?.error?.name ?? null,
}));
