package org.score4j.format;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The binary formats of floating-point numbers, all little endian. */
public enum FloatFormat {
  /** IEEE 754 binary16: 5 bits of exponent, 10 of fraction. */
  FLOAT16(2, "F16") {
    @Override
    float read(ByteBuffer bytes) {
      short bits = bytes.getShort();
      int exponent = bits >> 10 & 0x1f;
      int fraction = bits & 0x3ff;
      float magnitude =
          switch (exponent) {
            case 0 -> Math.scalb(fraction, -24);
            case 0x1f -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
            default -> Math.scalb(0x400 | fraction, exponent - 25);
          };
      return bits < 0 ? -magnitude : magnitude;
    }
  },

  /** The upper half of a float32. */
  BFLOAT16(2, "BF16") {
    @Override
    float read(ByteBuffer bytes) {
      return Float.intBitsToFloat(bytes.getShort() << 16);
    }
  },

  /** IEEE 754 binary32. */
  FLOAT32(4, "F32") {
    @Override
    float read(ByteBuffer bytes) {
      return bytes.getFloat();
    }
  },

  /** IEEE 754 binary64. */
  FLOAT64(8, "F64") {
    @Override
    float read(ByteBuffer bytes) {
      return (float) bytes.getDouble();
    }
  };

  private final int bytes;
  private final String safetensors;

  FloatFormat(int bytes, String safetensors) {
    this.bytes = bytes;
    this.safetensors = safetensors;
  }

  /** The format that a safetensors file calls so; empty if it is one of whole numbers. */
  static Optional<FloatFormat> ofSafetensors(String dtype) {
    for (FloatFormat format : values()) {
      if (format.safetensors.equals(dtype)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  /** Bytes of one number. */
  int bytes() {
    return bytes;
  }

  /** The next number. */
  abstract float read(ByteBuffer bytes);

  /** All numbers from here on. */
  public float[] toFloats(ByteBuffer buffer) {
    float[] values = new float[buffer.remaining() / bytes];
    if (this == FLOAT32) {
      buffer.asFloatBuffer().get(values);
      return values;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = read(buffer);
    }
    return values;
  }
}
