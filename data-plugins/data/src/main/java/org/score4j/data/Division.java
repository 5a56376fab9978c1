package org.score4j.data;

/** Which of N examples are the H that are held out. */
public enum Division {
  /**
   * Spread evenly, which is fair to data that are sorted by class: example n is held out if
   *
   * <pre>  floor((n + 1) H / N) &gt; floor(n H / N).</pre>
   */
  EVEN {
    @Override
    long heldOut(long index, long all, long heldOut) {
      return -Math.floorDiv(-(index + 1) * all, heldOut) - 1;
    }

    @Override
    long training(long index, long all, long heldOut) {
      return index * all / (all - heldOut);
    }
  },

  /** The last H. */
  TAIL {
    @Override
    long heldOut(long index, long all, long heldOut) {
      return all - heldOut + index;
    }

    @Override
    long training(long index, long all, long heldOut) {
      return index;
    }
  };

  /** The number, in the whole, of an example that is held out. */
  abstract long heldOut(long index, long all, long heldOut);

  /** The number, in the whole, of an example to train on. */
  abstract long training(long index, long all, long heldOut);
}
