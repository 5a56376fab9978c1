package org.score4j.guards;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** The string constants of a class file (JVM specification, 4.4). */
final class ConstantStrings {

  private ConstantStrings() {}

  static List<String> of(InputStream classFile) throws IOException {
    var in = new DataInputStream(classFile);
    in.skipNBytes(8); // magic number and version
    int count = in.readUnsignedShort();
    String[] texts = new String[count];
    List<Integer> strings = new ArrayList<>();
    for (int i = 1; i < count; i++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case 1 -> texts[i] = in.readUTF();
        case 8 -> strings.add(in.readUnsignedShort());
        case 7, 16, 19, 20 -> in.skipNBytes(2);
        case 15 -> in.skipNBytes(3);
        case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
        case 5, 6 -> {
          in.skipNBytes(8);
          i++; // A long or a double takes two places.
        }
        default -> throw new IOException("unknown constant " + tag);
      }
    }
    return strings.stream().map(at -> texts[at]).toList();
  }
}
