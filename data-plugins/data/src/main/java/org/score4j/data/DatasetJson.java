package org.score4j.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.score4j.api.InvalidValueException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * The labels of an archive made by EDM's {@code dataset_tool.py}:
 *
 * <pre>
 *   {"labels": [["00000/img00000000.png", 6], ["00000/img00000001.png", 9], ...]}
 * </pre>
 *
 * <p>or {@code {"labels": null}} for none. Other keys are passed over.
 */
final class DatasetJson {
  /** What the file is called. */
  static final String NAME = "dataset.json";

  private static final int MOST_CLASSES = 1 << 20;
  private static final String RULE = "must be {\"labels\": [[name, class], ...]} as EDM writes it";

  private final String component;
  private final String file;
  private final JsonParser json;
  private final Map<String, Integer> labels = new HashMap<>();

  private DatasetJson(String component, String file, JsonParser json) {
    this.component = component;
    this.file = file;
    this.json = json;
  }

  /**
   * The label of every image.
   *
   * @param file what to call it in errors
   * @param stream its content, which is closed
   * @param images their names, with {@code /} between folders
   * @throws InvalidValueException if the file is malformed or an image is not in it
   */
  static ArchivedImages.Labels labels(
      String component, String file, InputStream stream, List<String> images) throws IOException {
    try (stream;
        JsonParser json =
            JsonFactory.builder().build().createParser(ObjectReadContext.empty(), stream)) {
      DatasetJson reader = new DatasetJson(component, file, json);
      try {
        return reader.read(images);
      } catch (JacksonException e) {
        // Limits of the parser have no place of their own, and name its methods.
        throw reader.fault(
            e.getLocation() == null ? json.currentLocation() : e.getLocation(),
            e.getOriginalMessage().replaceAll(", from `[^`]*`", ""));
      }
    }
  }

  private ArchivedImages.Labels read(List<String> images) {
    expect(JsonToken.START_OBJECT);
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean wanted = json.currentName().equals("labels");
      json.nextToken();
      if (wanted && json.currentToken() == JsonToken.START_ARRAY) {
        while (json.nextToken() != JsonToken.END_ARRAY) {
          pair();
        }
      } else if (wanted && json.currentToken() != JsonToken.VALUE_NULL) {
        throw fault("labels that are no list");
      } else {
        json.skipChildren();
      }
    }
    if (labels.isEmpty()) {
      return ArchivedImages.Labels.NONE;
    }
    int[] classes = new int[images.size()];
    int largest = 0;
    for (int i = 0; i < classes.length; i++) {
      Integer label = labels.get(FileNames.normal(images.get(i)));
      if (label == null) {
        throw new InvalidValueException(
            component, file + ": no label of " + images.get(i), "must have a label for each image");
      }
      classes[i] = label;
      largest = Math.max(largest, label);
    }
    return ArchivedImages.Labels.of(classes, largest + 1);
  }

  private void pair() {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw fault("a label that is no [name, class]");
    }
    expect(JsonToken.VALUE_STRING);
    String name = json.getString().replace('\\', '/');
    if (json.nextToken() != JsonToken.VALUE_NUMBER_INT) {
      throw fault("a class of " + name + " that is no whole number");
    }
    long label = json.getLongValue();
    if (label < 0 || label >= MOST_CLASSES) {
      throw fault("class " + label + " of " + name);
    }
    Integer before = labels.put(FileNames.normal(name), (int) label);
    if (before != null && before != label) {
      throw fault("classes " + before + " and " + label + " of " + name);
    }
    expect(JsonToken.END_ARRAY);
  }

  private void expect(JsonToken wanted) {
    if (json.nextToken() != wanted) {
      throw fault("a value of another kind");
    }
  }

  private InvalidValueException fault(String found) {
    return fault(json.currentTokenLocation(), found);
  }

  private InvalidValueException fault(TokenStreamLocation at, String found) {
    return new InvalidValueException(
        component, file + ":" + at.getLineNr() + ":" + at.getColumnNr() + ": " + found, RULE);
  }
}
