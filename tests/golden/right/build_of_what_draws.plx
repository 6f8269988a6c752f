// RUN: plexus build %s noisy -o %t/noisy.so && grep 'noisy_new(' %t/noisy.h && "$PLEXUS" build %s plain -o %t/plain.so && grep 'plain_new(' %t/plain.h
// A block without state that draws has a seed of the caller's.
axis a = 4
block noisy(x: [a]) -> [a] { x + normal[a] }
block plain(x: [a]) -> [a] { x + 1 }
