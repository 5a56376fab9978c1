package org.score4j.runner.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;
import org.score4j.format.text.FileNames;

/**
 * What score4j needs of a machine.
 *
 * @param java version, maker and folder of the Java that runs
 * @param release its release, as in 17
 * @param platform operating system and processor, as the names of native jars have them
 * @param processors how many the process may use
 * @param memory bytes of memory that the process may use
 * @param heap bytes of it that Java itself may use; TensorFlow's tensors are not among them
 * @param folder where runs are written
 * @param cache where TensorFlow's native library is unpacked to
 * @param temporary where the JVM and libraries make temporary files
 * @param fileNames the encoding of file names
 */
public record Machine(
    String java,
    int release,
    String platform,
    int processors,
    long memory,
    long heap,
    Place folder,
    Place cache,
    Place temporary,
    String fileNames) {

  /**
   * A folder.
   *
   * @param path the folder
   * @param writable whether files can be made in it
   * @param free bytes of disk space left
   * @param used bytes that are in the folder
   */
  public record Place(Path path, boolean writable, long free, long used) {
    private static Place of(Path path, boolean measured) {
      Path there = path.toAbsolutePath().normalize();
      while (!Files.exists(there) && there.getParent() != null) {
        there = there.getParent();
      }
      try {
        return new Place(
            path,
            Files.isDirectory(there) && Files.isWritable(there),
            Files.getFileStore(there).getUsableSpace(),
            measured && Files.isDirectory(path) ? size(path) : 0);
      } catch (IOException e) {
        return new Place(path, false, 0, 0);
      }
    }

    private static long size(Path folder) throws IOException {
      try (var files = Files.walk(folder)) {
        return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
      }
    }
  }

  /** This machine, with runs written below a folder. */
  public static Machine here(Path folder) {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Machine(
        Runtime.version()
            + ", "
            + System.getProperty("java.vendor")
            + ", "
            + System.getProperty("java.home"),
        Runtime.version().feature(),
        Loader.getPlatform(),
        Runtime.getRuntime().availableProcessors(),
        system.getTotalMemorySize(),
        Runtime.getRuntime().maxMemory(),
        Place.of(folder, false),
        Place.of(cacheFolder(), true),
        Place.of(Path.of(System.getProperty("java.io.tmpdir")), false),
        FileNames.encoding());
  }

  /** As javacpp chooses it; asking javacpp would make the folder. */
  private static Path cacheFolder() {
    String chosen = System.getProperty("org.bytedeco.javacpp.cachedir", "");
    return chosen.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".javacpp", "cache")
        : Path.of(chosen);
  }
}
