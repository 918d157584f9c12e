/** The session as a dataset in the Brain Imaging Data Structure (BIDS 1.10). */
package org.anodyne.export.bids;
