package org.score4j.evaluation;

import jakarta.inject.Inject;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.score4j.api.Examples;
import org.score4j.api.FeatureExtractor.Extracted;
import org.score4j.api.FeatureExtractor.Extraction;
import org.score4j.examples.ExampleValues;
import org.score4j.folder.RunFolder;
import org.score4j.format.TensorFile;
import org.score4j.format.TensorFileException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.ndarray.Shape;

/**
 * What networks say of real images, kept in the run's {@code evaluation} folder under the
 * fingerprints of both.
 */
public final class RealFeatures {
  private static final Logger LOG = LoggerFactory.getLogger(RealFeatures.class);
  private static final String FEATURES = "features";
  private static final String LOGITS = "logits";
  private static final int BATCH = 250;

  private final RunFolder folder;

  @Inject
  RealFeatures(RunFolder folder) {
    this.folder = folder;
  }

  /** Of the first examples. */
  Extracted of(Examples examples, int count, Extraction extraction) {
    Map<String, String> origin = origin(examples, count, extraction);
    Path file = file(origin);
    Optional<Extracted> kept = kept(file, origin, count);
    if (kept.isPresent()) {
      return kept.get();
    }
    Extracted extracted = extract(examples, count, extraction);
    write(file, origin, extracted, count);
    return extracted;
  }

  /** Whether those are kept, so that no example is read for them. */
  boolean has(Examples examples, int count, Extraction extraction) {
    Map<String, String> origin = origin(examples, count, extraction);
    return kept(file(origin), origin, count).isPresent();
  }

  private static Map<String, String> origin(Examples examples, int count, Extraction extraction) {
    return Map.of(
        "data", examples.fingerprint(),
        "extractor", extraction.fingerprint(),
        "count", Integer.toString(count));
  }

  private Path file(Map<String, String> origin) {
    return folder.evaluation().resolve(name(origin) + ".safetensors");
  }

  /** What was kept before; empty if nothing was, or it is damaged. */
  private static Optional<Extracted> kept(Path file, Map<String, String> origin, int count) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      TensorFile known = TensorFile.open(file);
      known.verify();
      boolean same = known.metadata().equals(origin);
      return same && known.shape(FEATURES).get(0) == count
          ? Optional.of(new Extracted(known.floats(FEATURES), known.floats(LOGITS)))
          : Optional.empty();
    } catch (TensorFileException e) {
      LOG.warn("{}; it is made again", e.getMessage());
      return Optional.empty();
    }
  }

  private static String name(Map<String, String> origin) {
    String text = origin.get("data") + origin.get("extractor") + origin.get("count");
    return "real-" + UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Extracted extract(Examples examples, int count, Extraction extraction) {
    float[] features = {};
    float[] logits = {};
    for (int first = 0; first < count; first += BATCH) {
      int many = Math.min(BATCH, count - first);
      Extracted batch = extraction.extract(ExampleValues.of(examples, first, many), many);
      if (first == 0) {
        features = new float[batch.features().length / many * count];
        logits = new float[batch.logits().length / many * count];
      }
      System.arraycopy(
          batch.features(), 0, features, features.length / count * first, batch.features().length);
      System.arraycopy(
          batch.logits(), 0, logits, logits.length / count * first, batch.logits().length);
    }
    return new Extracted(features, logits);
  }

  private void write(Path file, Map<String, String> origin, Extracted extracted, int count) {
    var writer = new TensorFile.Writer(file, origin);
    writer.add(FEATURES, Shape.of(count, extracted.features().length / count), extracted::features);
    writer.add(LOGITS, Shape.of(count, extracted.logits().length / count), extracted::logits);
    try {
      folder.made(folder.evaluation());
      writer.write();
    } catch (UncheckedIOException e) {
      LOG.warn("{}; what metrics use of the data is not kept", e.getMessage());
    }
  }
}
