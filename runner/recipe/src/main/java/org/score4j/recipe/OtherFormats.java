package org.score4j.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Formats that people keep data in and that no data set reads, with what to do about each. */
public final class OtherFormats {
  private static final String ARRAY = "save one array with numpy.save as an .npy file: ";

  /**
   * A format.
   *
   * @param endings of its files, in lower case
   * @param kind as in "is KIND"
   * @param remedy what to do
   */
  private record Format(List<String> endings, String kind, String remedy) {}

  private static final List<Format> FORMATS =
      List.of(
          new Format(
              List.of(".npz"),
              "an archive of NumPy arrays",
              ARRAY + "numpy.save(\"data.npy\", numpy.load(\"data.npz\")[\"NAME\"])"),
          new Format(
              List.of(".csv", ".tsv", ".txt", ".dat"),
              "a table in text",
              ARRAY
                  + "numpy.save(\"data.npy\", pandas.read_csv(\"data.csv\").to_numpy(\"float32\"))"),
          new Format(
              List.of(".parquet", ".feather", ".arrow", ".xls", ".xlsx"),
              "a table that pandas reads",
              ARRAY
                  + "numpy.save(\"data.npy\","
                  + " pandas.read_parquet(\"data.parquet\").to_numpy(\"float32\"))"),
          new Format(
              List.of(".h5", ".hdf5", ".nc", ".mat"),
              "a file of HDF5 or MATLAB",
              ARRAY + "h5py.File(\"data.h5\")[\"NAME\"][:] or scipy.io.loadmat(\"data.mat\")"),
          new Format(
              List.of(".pkl", ".pickle", ".pt", ".pth"),
              "a pickle, which is a program that only Python can run",
              ARRAY + "numpy.save(\"data.npy\", torch.load(\"data.pt\").numpy())"),
          new Format(
              List.of(".safetensors"),
              "a file of tensors",
              ARRAY
                  + "numpy.save(\"data.npy\","
                  + " safetensors.numpy.load_file(\"data.safetensors\")[\"NAME\"])"),
          new Format(
              List.of(
                  ".7z", ".rar", ".tar", ".tgz", ".tbz2", ".txz", ".gz", ".bz2", ".xz", ".zst",
                  ".lz4"),
              "a packed file of a kind that is not read",
              "unpack it, and give the folder or file that comes out"),
          new Format(
              List.of(".mp4", ".avi", ".mov", ".mkv", ".webm"),
              "a video",
              "save its frames as images: ffmpeg -i video.mp4 frames/%06d.png"),
          new Format(
              List.of(".mdb", ".lmdb"),
              "an LMDB data base",
              "save its images as files in a folder"));

  private OtherFormats() {}

  /** What a file is, by its name, and what to do; empty if the name does not say. */
  public static Optional<String> remedy(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return FORMATS.stream()
        .filter(format -> format.endings.stream().anyMatch(lower::endsWith))
        .findFirst()
        .map(format -> "is " + format.kind + "; " + format.remedy);
  }

  /** All endings, for tests of each. */
  public static List<String> endings() {
    List<String> all = new ArrayList<>();
    FORMATS.forEach(format -> all.addAll(format.endings));
    return List.copyOf(all);
  }
}
