package org.score4j.folder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;
import org.score4j.format.FileFault;
import org.score4j.recipe.RecipeWriter;
import org.score4j.recipe.plugin.BadInput;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A manifest as a run folder holds it.
 *
 * @param json all of it
 */
public record StoredManifest(ObjectNode json) {
  static final String PROVENANCE = "provenance";
  static final String FINGERPRINT = "dataFingerprint";
  static final String CHANGES = "changes";
  static final String DATA = "data";
  static final String REFERENCE = "reference";
  static final String FAULT = "dataFault";
  public static final String FROM = "from";
  private static final String CHECKSUM = "checksum";

  /**
   * Reads a manifest.
   *
   * @return empty if there is none
   * @throws BadInput if it cannot be read
   */
  public static Optional<StoredManifest> in(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    // A pipe would be waited for forever.
    if (!Files.isRegularFile(file)) {
      throw new BadInput(file + ": is not a file; delete it or move it away");
    }
    try {
      return Optional.of(of(file.toString(), Files.readString(file)));
    } catch (IOException e) {
      throw new BadInput(file + ": cannot be read: " + FileFault.reason(e));
    }
  }

  /**
   * Reads a manifest's text.
   *
   * @param source what messages call it
   * @throws BadInput if it is not a JSON object
   */
  public static StoredManifest of(String source, String text) {
    try {
      if (JsonMapper.shared().readTree(text) instanceof ObjectNode object) {
        return new StoredManifest(object);
      }
      throw new BadInput(source + ": is damaged: not a JSON object");
    } catch (JacksonException e) {
      throw new BadInput(source + ": is damaged: " + e.getOriginalMessage());
    }
  }

  /** The text to be written: the manifest with a checksum of all else in it. */
  String text() {
    ObjectNode sealed = json.deepCopy();
    if (sealed.path(PROVENANCE) instanceof ObjectNode provenance) {
      provenance.put(CHECKSUM, checksum());
    }
    return RecipeWriter.pretty(sealed) + "\n";
  }

  /**
   * What to say if it is not as score4j wrote it: damaged, or edited by hand, which is allowed.
   *
   * @param source what messages call it
   * @return empty if its checksum is right, or there is none
   */
  public Optional<String> change(String source) {
    JsonNode stored = provenance().path(CHECKSUM);
    return stored.isMissingNode() || stored.asString("").equals(checksum())
        ? Optional.empty()
        : Optional.of(
            source
                + ": differs from what score4j wrote (its checksum does not match): it was edited, or"
                + " is damaged; its values are used as they stand");
  }

  /** CRC-32C of the JSON without white space and without the checksum. */
  private String checksum() {
    ObjectNode rest = json.deepCopy();
    if (rest.path(PROVENANCE) instanceof ObjectNode provenance) {
      provenance.remove(CHECKSUM);
    }
    // Read back, so that numbers have the same digits before they are written and after.
    String text = JsonMapper.shared().readTree(rest.toString()).toString();
    CRC32C sum = new CRC32C();
    sum.update(text.getBytes(StandardCharsets.UTF_8));
    return String.format(Locale.ROOT, "crc32c %08x", sum.getValue());
  }

  JsonNode provenance() {
    return json.path(PROVENANCE);
  }

  /** What it says of the run's data; empty in manifests of earlier versions. */
  public Optional<DataDescription> data() {
    return DataDescription.from(provenance().path(DATA));
  }

  /** What it says of what samples are compared with, apart from the data. */
  Optional<DataDescription> reference() {
    return DataDescription.from(provenance().path(REFERENCE));
  }

  /** Fingerprints of all data that the run was trained on. */
  Set<String> fingerprints() {
    Set<String> known = new LinkedHashSet<>();
    add(provenance(), known);
    provenance().path(CHANGES).valueStream().forEach(change -> add(change, known));
    return known;
  }

  private static void add(JsonNode of, Set<String> known) {
    if (of.path(FINGERPRINT).isString()) {
      known.add(of.path(FINGERPRINT).asString());
    }
  }

  /** Whether training stopped at an example of these data that could not be read. */
  boolean stoppedAtData() {
    return provenance().path(FAULT).isObject();
  }

  /** What the run's weights were at its start; empty if they were random. */
  public Optional<JsonNode> from() {
    return Optional.of(provenance().path(FROM)).filter(JsonNode::isObject);
  }
}
