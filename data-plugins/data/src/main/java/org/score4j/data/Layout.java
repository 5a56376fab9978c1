package org.score4j.data;

/** Where the channels of an image are among its numbers. */
public enum Layout {
  /** [H, W, C], row by row. */
  CHANNELS_LAST,
  /** [C, H, W], channel by channel. */
  CHANNELS_FIRST
}
