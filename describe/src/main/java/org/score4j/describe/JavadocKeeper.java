package org.score4j.describe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic;
import javax.tools.StandardLocation;

/**
 * An annotation processor that keeps what the Javadoc of public records says, which the compiler
 * drops: the runner shows it with plugins and their keys.
 *
 * <p>Each record that is a plugin or has a comment gets a resource {@code
 * META-INF/score4j/CLASS.properties}: under {@code description} its main part, under {@code
 * part.NAME} the {@code @param} of a component. Both are plain text, with a paragraph on each line;
 * lines that begin with blanks are a formula's own. Under {@code api} is the version of the api
 * that a plugin was compiled against. The file is ASCII, with other letters escaped as {@link
 * Properties} reads them.
 */
@SupportedAnnotationTypes("*")
public final class JavadocKeeper extends AbstractProcessor {
  private static final String FOLDER = "META-INF/score4j/";

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    ElementFilter.typesIn(round.getRootElements()).forEach(this::visit);
    return false;
  }

  private void visit(TypeElement type) {
    if (!type.getModifiers().contains(Modifier.PUBLIC)) {
      return;
    }
    Map<String, String> kept = new LinkedHashMap<>();
    if (type.getKind() == ElementKind.RECORD) {
      comment(type, type).ifPresent(javadoc -> keep(kept, javadoc, javadoc.parameters()));
      if (Api.pluginName(type).isPresent()) {
        new Api(processingEnv).version().ifPresent(version -> kept.put("api", version));
      }
    } else if (type.getKind() == ElementKind.ENUM) {
      comment(type, type).ifPresent(javadoc -> keep(kept, javadoc, constants(type)));
    }
    if (!kept.isEmpty()) {
      write(type, kept);
    }
    ElementFilter.typesIn(type.getEnclosedElements()).forEach(this::visit);
  }

  private Optional<Javadoc> comment(Element element, TypeElement type) {
    return Optional.ofNullable(processingEnv.getElementUtils().getDocComment(element))
        .map(comment -> Javadoc.of(comment, name -> recipeName(type, name)));
  }

  private Map<String, String> constants(TypeElement type) {
    Map<String, String> described = new LinkedHashMap<>();
    for (Element constant : ElementFilter.fieldsIn(type.getEnclosedElements())) {
      if (constant.getKind() == ElementKind.ENUM_CONSTANT) {
        comment(constant, type)
            .ifPresent(
                javadoc ->
                    described.put(constant.getSimpleName().toString(), javadoc.description()));
      }
    }
    return described;
  }

  private static void keep(Map<String, String> kept, Javadoc javadoc, Map<String, String> parts) {
    kept.put("description", javadoc.description());
    parts.forEach((name, text) -> kept.put("part." + name, text));
  }

  private void write(TypeElement type, Map<String, String> kept) {
    Properties properties = new Properties();
    properties.putAll(kept);
    String binaryName = processingEnv.getElementUtils().getBinaryName(type).toString();
    try (OutputStream out =
        processingEnv
            .getFiler()
            .createResource(
                StandardLocation.CLASS_OUTPUT, "", FOLDER + binaryName + ".properties", type)
            .openOutputStream()) {
      out.write(lines(properties).getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      processingEnv
          .getMessager()
          .printMessage(Diagnostic.Kind.ERROR, "cannot write its description: " + e, type);
    }
  }

  /**
   * Sorted and without the date, so that the same sources give the same bytes. Letters beyond ASCII
   * are escaped: the encoding that the compiler was told is not the reader's.
   */
  private static String lines(Properties properties) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    properties.store(text, null);
    StringBuilder kept = new StringBuilder();
    text.toString(StandardCharsets.US_ASCII)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .sorted()
        .forEach(line -> kept.append(line).append('\n'));
    return kept.toString();
  }

  /** What recipes call a class that is named in a comment: its plugin name, if it is a plugin. */
  private String recipeName(TypeElement from, String name) {
    var elements = processingEnv.getElementUtils();
    String qualified = elements.getPackageOf(from).getQualifiedName() + "." + name;
    return Optional.ofNullable(elements.getTypeElement(qualified))
        .flatMap(Api::pluginName)
        .orElse(name);
  }
}
