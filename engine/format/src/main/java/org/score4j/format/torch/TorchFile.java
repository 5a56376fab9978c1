package org.score4j.format.torch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.score4j.format.FileFault;
import org.score4j.format.FloatFormat;
import org.score4j.format.TensorFileException;
import org.score4j.format.torch.TorchGlobals.Storage;
import org.score4j.format.torch.TorchGlobals.Tensor;

/**
 * What {@code torch.save} wrote: an object made of dictionaries, lists and tensors, whose numbers
 * are read when they are asked for. Since PyTorch 1.6 it is a {@link TorchArchive}, before a {@link
 * TorchSequence}.
 *
 * <p>Files are not trusted. The {@link Unpickler} runs no code; what the file says of its sizes is
 * held against its length, and what the tensors say of theirs against the storages, before anything
 * is allocated.
 *
 * @param root the object
 * @param storages the tensors' numbers
 */
public record TorchFile(Path path, Object root, Storages storages) {
  static final long MAX_PICKLE_BYTES = 8 << 20;

  /** Where the numbers of storages lie. */
  @FunctionalInterface
  public interface Storages {
    /**
     * Numbers of a storage, in the byte order of the buffer.
     *
     * @param first index of the first of them
     * @param count how many
     */
    ByteBuffer read(Storage storage, long first, int count) throws IOException;
  }

  /** Whether {@link #open} is for files that begin so. */
  public static boolean begins(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] start = in.readNBytes(4);
      return isArchive(start) || TorchSequence.begins(start);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static boolean isArchive(byte[] start) {
    return Arrays.equals(start, new byte[] {'P', 'K', 3, 4});
  }

  /**
   * Reads the object, but no numbers yet.
   *
   * @throws TensorFileException if it cannot be read, or is not such a file
   */
  public static TorchFile open(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      return isArchive(in.readNBytes(4)) ? TorchArchive.open(path) : TorchSequence.open(path);
    } catch (IllegalArgumentException e) {
      throw new TensorFileException(path, e.getMessage());
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static TensorFileException unreadable(Path path, IOException e) {
    return new TensorFileException(
        path,
        e instanceof NoSuchFileException
            ? "there is no such file"
            : "cannot be read: " + FileFault.reason(e));
  }

  /**
   * A tensor's numbers, row-major.
   *
   * @param name for messages
   * @throws TensorFileException if they are whole numbers, or too many
   */
  public float[] values(String name, Tensor tensor) {
    Optional<FloatFormat> format = tensor.storage().type().format();
    if (format.isEmpty()) {
      throw new TensorFileException(path, name + " does not hold numbers with fractions");
    }
    long size = 1;
    for (long extent : tensor.shape()) {
      size = Math.multiplyHigh(size, extent) == 0 ? size * extent : -1;
      if (size < 0 || size > Integer.MAX_VALUE / 8) {
        throw new TensorFileException(path, name + " has too many numbers");
      }
    }
    if (size == 0) {
      return new float[0];
    }
    long last = 0;
    for (int i = 0; i < tensor.shape().length; i++) {
      last += (tensor.shape()[i] - 1) * tensor.strides()[i];
    }
    if (last >= Integer.MAX_VALUE / 8) {
      throw new TensorFileException(path, name + " is spread over too many numbers");
    }
    float[] stored = stored(tensor.storage(), format.get(), tensor.offset(), (int) last + 1);
    return last + 1 == size && isRowMajor(tensor) ? stored : gathered(tensor, stored, (int) size);
  }

  private float[] stored(Storage storage, FloatFormat format, long offset, int count) {
    try {
      return format.toFloats(storages.read(storage, storage.first() + offset, count));
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static boolean isRowMajor(Tensor tensor) {
    long stride = 1;
    for (int i = tensor.shape().length - 1; i >= 0; i--) {
      if (tensor.shape()[i] != 1 && tensor.strides()[i] != stride) {
        return false;
      }
      stride *= tensor.shape()[i];
    }
    return true;
  }

  private static float[] gathered(Tensor tensor, float[] stored, int size) {
    float[] values = new float[size];
    int[] index = new int[tensor.shape().length];
    for (int i = 0; i < size; i++) {
      long at = 0;
      for (int axis = 0; axis < index.length; axis++) {
        at += index[axis] * tensor.strides()[axis];
      }
      values[i] = stored[(int) at];
      for (int axis = index.length - 1;
          axis >= 0 && ++index[axis] == tensor.shape()[axis];
          axis--) {
        index[axis] = 0;
      }
    }
    return values;
  }
}
