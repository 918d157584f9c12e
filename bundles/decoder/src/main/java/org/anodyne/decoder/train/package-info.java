/** How a decoder is trained: regularised logistic regression, blocked folds, figures, chance. */
package org.anodyne.decoder.train;
