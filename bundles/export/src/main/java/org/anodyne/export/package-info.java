/** Makes a dataset, a report and a summary of a recorded session. */
package org.anodyne.export;
