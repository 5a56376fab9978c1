package org.score4j.guards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What is published is complete. */
class PublishingTest {

  private static final Path ROOT = Path.of(System.getProperty("score4j.root"));

  @Test
  void theBomListsEveryPublishedJar() throws Exception {
    var listed = new TreeSet<String>();
    NodeList dependencies = pom(ROOT.resolve("bom")).getElementsByTagName("dependency");
    for (int i = 0; i < dependencies.getLength(); i++) {
      listed.add(child(dependencies.item(i).getChildNodes(), "artifactId"));
    }
    var published = new TreeSet<String>();
    for (Path module : published()) {
      published.add(artifact(module));
    }
    assertEquals(published, listed);
  }

  @Test
  void theBomHasTheVersionOfAllOthers() throws Exception {
    assertEquals(
        child(pom(ROOT).getDocumentElement().getChildNodes(), "version"),
        child(pom(ROOT.resolve("bom")).getDocumentElement().getChildNodes(), "version"));
  }

  @Test
  void everyModuleHasANameAndADescription() throws Exception {
    for (Path module : published()) {
      NodeList elements = pom(module).getDocumentElement().getChildNodes();
      assertTrue(!child(elements, "name").isBlank(), module + " has no name");
      assertTrue(!child(elements, "description").isBlank(), module + " has no description");
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "score4j.release", matches = "true")
  void everyJarHasItsSourcesAndItsJavadoc() throws Exception {
    String version = child(pom(ROOT).getDocumentElement().getChildNodes(), "version");
    for (Path module : published()) {
      for (String kind : List.of("", "-sources", "-javadoc")) {
        String jar = artifact(module) + "-" + version + kind + ".jar";
        assertTrue(Files.exists(module.resolve("target").resolve(jar)), jar + " is missing");
      }
    }
  }

  private static List<Path> published() throws Exception {
    NodeList modules = pom(ROOT).getElementsByTagName("modules").item(0).getChildNodes();
    return Stream.iterate(0, i -> i < modules.getLength(), i -> i + 1)
        .map(i -> modules.item(i).getTextContent().strip())
        .filter(name -> !name.isEmpty() && !List.of("bom", "guards").contains(name))
        .map(ROOT::resolve)
        .toList();
  }

  private static String artifact(Path module) throws Exception {
    return child(pom(module).getDocumentElement().getChildNodes(), "artifactId");
  }

  private static Document pom(Path module) throws Exception {
    try (var in = Files.newInputStream(module.resolve("pom.xml"))) {
      return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
    }
  }

  private static String child(NodeList elements, String name) {
    for (int i = 0; i < elements.getLength(); i++) {
      if (elements.item(i).getNodeName().equals(name)) {
        return elements.item(i).getTextContent().strip();
      }
    }
    return "";
  }
}
