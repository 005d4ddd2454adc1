// Keeps a copy of everything the page has loaded, so that it works offline after the first visit.
//
// The network comes first and the copy second: what is shown is never older than what the server has.
// Wherever service workers are not allowed the page works all the same, only not offline.
const COPIES = 'loopscope';

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()));

// Answers from the network at once; the copy is made beside it.
const load = async (request, event) => {
  const answer = await fetch(request);
  if (answer.ok) {
    const copy = answer.clone();
    event.waitUntil(caches.open(COPIES).then(copies => copies.put(request, copy)));
  }
  return answer;
};

const remembered = async (request, error) => {
  const copy = await caches.match(request, { ignoreSearch: true });
  if (copy) return copy;
  throw error;
};

self.addEventListener('fetch', event => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== location.origin) return;
  event.respondWith(load(request, event).catch(error => remembered(request, error)));
});

// The page tells what it had loaded before this worker was there.
self.addEventListener('message', event => {
  if (!Array.isArray(event.data)) return;
  event.waitUntil(Promise.allSettled(event.data.map(url => load(new Request(url), event))));
});
