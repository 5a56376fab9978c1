package org.score4j.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of what determines the examples of a data set. */
final class Fingerprint {
  private final MessageDigest digest;

  /** Starts with the name of the data's kind. */
  Fingerprint(String kind) {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
    with(kind);
  }

  /** Adds a text with its length. */
  Fingerprint with(String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    return with(content.length).with(content);
  }

  /** Adds a parameter, by its bits: decimal text differs between versions of Java. */
  Fingerprint with(double value) {
    return with(Double.doubleToLongBits(value));
  }

  /** Adds a parameter. */
  Fingerprint with(long value) {
    return with(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }

  /** Adds content; its length is to be added before it where it is not determined already. */
  Fingerprint with(byte[] content) {
    digest.update(content);
    return this;
  }

  /** Adds the part of a buffer from its position to its limit. */
  Fingerprint with(ByteBuffer content) {
    digest.update(content);
    return this;
  }

  /** Ends the digest: 64 hexadecimal digits. */
  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
