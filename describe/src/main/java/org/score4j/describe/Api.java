package org.score4j.describe;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.tools.StandardLocation;

/**
 * What the compiler knows of score4j's api.
 *
 * @param environment of the compiler
 */
record Api(ProcessingEnvironment environment) {
  private static final String PLUGIN_NAME = "org.score4j.api.PluginName";
  private static final String PLUGIN_SERVICE = "org.score4j.api.PluginService";

  /** In a package, as the compiler sees no other files of jars. */
  private static final String VERSION = "org/score4j/api/version.txt";

  /** Whether it says which of its interfaces are services; the first version did not. */
  boolean namesServices() {
    return environment.getElementUtils().getTypeElement(PLUGIN_SERVICE) != null;
  }

  /** How recipes call a plugin; empty if it is none. */
  static Optional<String> pluginName(Element type) {
    return type.getAnnotationMirrors().stream()
        .filter(annotation -> annotation.getAnnotationType().toString().equals(PLUGIN_NAME))
        .flatMap(annotation -> annotation.getElementValues().values().stream())
        .map(value -> String.valueOf(value.getValue()))
        .findFirst();
  }

  /** The services that a class implements, by itself or by what it extends; possibly none. */
  Set<TypeElement> services(TypeElement type) {
    Set<TypeElement> found = new LinkedHashSet<>();
    for (TypeMirror parent : environment.getTypeUtils().directSupertypes(type.asType())) {
      TypeElement element = (TypeElement) ((DeclaredType) parent).asElement();
      if (isService(element)) {
        found.add(element);
      }
      found.addAll(services(element));
    }
    return found;
  }

  /** Whether plugins implement an interface. */
  static boolean isService(TypeElement type) {
    return type.getAnnotationMirrors().stream()
        .anyMatch(annotation -> annotation.getAnnotationType().toString().equals(PLUGIN_SERVICE));
  }

  /** The version that is compiled against; empty if the api does not say. */
  Optional<String> version() {
    Elements elements = environment.getElementUtils();
    Filer filer = environment.getFiler();
    Optional<ModuleElement> module =
        Optional.ofNullable(elements.getTypeElement(PLUGIN_NAME))
            .map(elements::getModuleOf)
            .filter(found -> !found.isUnnamed());
    try {
      var file =
          module.isPresent()
              ? filer.getResource(
                  StandardLocation.MODULE_PATH, module.get().getQualifiedName() + "/", VERSION)
              : filer.getResource(StandardLocation.CLASS_PATH, "", VERSION);
      return file.getCharContent(true).toString().lines().findFirst().filter(Api::isVersion);
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isVersion(String line) {
    return line.matches("[0-9][\\w.+-]*");
  }

  /** As the class loader calls a type. */
  String binaryName(TypeElement type) {
    return environment.getElementUtils().getBinaryName(type).toString();
  }
}
