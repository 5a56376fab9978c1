package org.score4j.engine.random;

/** Turns names and numbers into well-mixed 64-bit keys that are the same everywhere. */
public final class Hashing {
  private Hashing() {}

  /** FNV-1a over the characters, then {@link #mix}. */
  public static long of(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return mix(hash);
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014): a bijection of 64 bits. */
  public static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** A key that depends on both arguments and their order. */
  public static long combine(long first, long second) {
    return mix(first + 0x9e3779b97f4a7c15L * (second + 1));
  }
}
