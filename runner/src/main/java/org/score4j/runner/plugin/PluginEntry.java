package org.score4j.runner.plugin;

/**
 * A plugin that can be named in a recipe.
 *
 * @param service what it provides
 * @param name how a recipe calls it
 * @param keys what a recipe can tell it
 * @param origin where it comes from
 */
public record PluginEntry(Service service, String name, Keys keys, Origin origin) {}
