// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a desk of ours adds to tus: it signs each request with its Ed25519 key.

import { createHash, createPrivateKey, sign } from 'node:crypto';

// RFC 8410: what stands before the 32 bytes of a private key.
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest();

/** The headers of a device: @id, and @seed (hex) of its key. */
export class Desk {
  constructor(id, seed) {
    this.id = id;
    this.key = createPrivateKey({
      key: Buffer.concat([PKCS8, Buffer.from(seed, 'hex')]),
      format: 'der',
      type: 'pkcs8',
    });
  }

  /** Over method, path and the hash of the body, which for a piece of a scan counts as empty. */
  headers(method, path) {
    const text = `${method} ${path}\n${sha256('').toString('hex')}`;
    return { 'MC-Device': this.id, 'MC-Sign': sign(null, Buffer.from(text), this.key).toString('base64url') };
  }

  /** For the hook onBeforeRequest of tus-js-client. */
  signRequest(request) {
    const method = request.getHeader('X-HTTP-Method-Override') ?? request.getMethod();
    const headers = this.headers(method, new URL(request.getURL()).pathname);
    for (const [name, value] of Object.entries(headers)) {
      request.setHeader(name, value);
    }
  }

  fetch(method, url, headers = {}) {
    const signed = this.headers(method, new URL(url).pathname);
    return fetch(url, { method, headers: { ...signed, ...headers } });
  }
}
