/** The launcher: a plain {@code main} that starts the framework with the platform's bundles and waits for its end. */
package org.anodyne.runtime;
