// Keeps a copy of everything the page has loaded, so that it works offline after the first visit.
//
// The network comes first and the copy second: what is shown is never older than what the server has.
// Wherever service workers are not allowed the page works all the same, only not offline.
const COPIES = 'loopscope';

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()));

const keep = async request => {
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(COPIES)).put(request, answer.clone());
  return answer;
};

self.addEventListener('fetch', event => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== location.origin) return;
  event.respondWith(keep(request).catch(async error => {
    const copy = await caches.match(request, { ignoreSearch: true });
    if (copy) return copy;
    throw error;
  }));
});

// The page tells what it had loaded before this worker was there.
self.addEventListener('message', event => {
  if (Array.isArray(event.data)) event.waitUntil(Promise.allSettled(event.data.map(url => keep(new Request(url)))));
});
