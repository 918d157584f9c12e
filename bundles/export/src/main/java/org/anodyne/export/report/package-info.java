/** The session as one page for people. */
package org.anodyne.export.report;
