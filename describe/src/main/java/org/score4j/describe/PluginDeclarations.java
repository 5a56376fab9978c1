package org.score4j.describe;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Filer;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic;
import javax.tools.StandardLocation;

/**
 * An annotation processor that declares plugins for the class path: {@code META-INF/services/S}
 * lists the classes that have a plugin name and implement the service S of the api.
 *
 * <p>On the module path plugins are what module-info provides. Where one is compiled, both must
 * agree, or a plugin would be there on one path only.
 */
@SupportedAnnotationTypes("*")
public final class PluginDeclarations extends AbstractProcessor {
  private static final String FOLDER = "META-INF/services/";

  private final List<ModuleElement> modules = new ArrayList<>();
  private final Set<TypeElement> compiled = new LinkedHashSet<>();

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    modules.addAll(ElementFilter.modulesIn(round.getRootElements()));
    ElementFilter.typesIn(round.getRootElements()).forEach(this::visit);
    Api api = new Api(processingEnv);
    if (round.processingOver() && !round.errorRaised() && api.namesServices()) {
      declare(api);
    }
    return false;
  }

  /** Classes inside of one that is not public are nobody's to load. */
  private void visit(TypeElement type) {
    compiled.add(type);
    if (type.getModifiers().contains(Modifier.PUBLIC)) {
      ElementFilter.typesIn(type.getEnclosedElements()).forEach(this::visit);
    }
  }

  private void declare(Api api) {
    Map<String, Set<String>> declared = new TreeMap<>();
    for (TypeElement type : compiled) {
      if (Api.pluginName(type).isPresent()) {
        Set<TypeElement> services = api.services(type);
        if (services.isEmpty()) {
          error(
              type,
              "has a @PluginName, but implements no service of the api, such as Sampler;"
                  + " implement one, or remove the annotation");
        }
        for (TypeElement service : services) {
          declared
              .computeIfAbsent(api.binaryName(service), unused -> new TreeSet<>())
              .add(api.binaryName(type));
        }
      }
    }
    modules.forEach(module -> compare(api, module));
    declared.forEach((service, providers) -> write(api, service, providers));
  }

  /** Reports where a module provides other plugins than it holds. */
  private void compare(Api api, ModuleElement module) {
    Map<TypeElement, Set<TypeElement>> provided = new TreeMap<>(PluginDeclarations::byName);
    for (var provides : ElementFilter.providesIn(module.getDirectives())) {
      provided
          .computeIfAbsent(provides.getService(), unused -> new LinkedHashSet<>())
          .addAll(provides.getImplementations());
    }
    for (TypeElement type : compiled) {
      if (Api.pluginName(type).isPresent()) {
        for (TypeElement service : api.services(type)) {
          if (!provided.getOrDefault(service, Set.of()).contains(type)) {
            error(
                type,
                "is a plugin that module "
                    + module.getQualifiedName()
                    + " does not provide; its module-info needs: provides "
                    + service.getQualifiedName()
                    + " with "
                    + type.getQualifiedName());
          }
        }
      }
    }
    provided.forEach(
        (service, providers) -> {
          for (TypeElement provider : providers) {
            if (Api.isService(service)
                && api.services(provider).contains(service)
                && Api.pluginName(provider).isEmpty()) {
              error(
                  provider,
                  "is provided as "
                      + service.getQualifiedName()
                      + ", but has no @PluginName, by which recipes name it; add one, or remove it"
                      + " from the module-info of "
                      + module.getQualifiedName());
            }
          }
        });
  }

  private static int byName(TypeElement one, TypeElement other) {
    return one.getQualifiedName().toString().compareTo(other.getQualifiedName().toString());
  }

  /** Adds to what is there: written by hand, or for classes that need not be compiled again. */
  private void write(Api api, String service, Set<String> providers) {
    Filer filer = processingEnv.getFiler();
    Set<String> all = new TreeSet<>(providers);
    all.addAll(kept(api, filer, service));
    try (Writer out =
        filer.createResource(StandardLocation.CLASS_OUTPUT, "", FOLDER + service).openWriter()) {
      for (String provider : all) {
        out.write(provider + "\n");
      }
    } catch (IOException e) {
      processingEnv
          .getMessager()
          .printMessage(Diagnostic.Kind.ERROR, "cannot write " + FOLDER + service + ": " + e);
    }
  }

  private Set<String> kept(Api api, Filer filer, String service) {
    Set<String> kept = new TreeSet<>();
    try {
      filer
          .getResource(StandardLocation.CLASS_OUTPUT, "", FOLDER + service)
          .getCharContent(true)
          .toString()
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty() && isElsewhere(line))
          .forEach(kept::add);
    } catch (IOException e) {
      // There is none yet.
      return Set.of();
    }
    return kept;
  }

  /** Whether a class is there that is not among those compiled now. */
  private boolean isElsewhere(String binaryName) {
    TypeElement type = processingEnv.getElementUtils().getTypeElement(binaryName.replace('$', '.'));
    return type != null && !compiled.contains(type);
  }

  private void error(Element type, String problem) {
    processingEnv
        .getMessager()
        .printMessage(Diagnostic.Kind.ERROR, type.getSimpleName() + " " + problem, type);
  }
}
